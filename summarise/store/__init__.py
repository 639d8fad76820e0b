"""The models on this disk: pulled once, checked, kept in a folder each.

Only `pull` touches the network. A folder counts as a model when its manifest, which is written
last, says so; everything else in the store is ignored. Nothing here runs a model.
"""

from summarise.store.folders import model_path, models_folder, place_of, prefixes_folder, verify
from summarise.store.pulling import pull

__all__ = ["model_path", "models_folder", "place_of", "prefixes_folder", "pull", "verify"]
