"""Many articles into one output: inputs, a journal that survives being killed, JSON Lines or Parquet.

The flow is in `run`. It asks the model through `Summarises` alone and never loads one itself: a Summariser,
or `cluster`, which has the same face and workers on a Ray cluster.

    names → sources → inputs (lines, tables, streams) → Record → sort → journal (disk, index) → columns
                                                                  ↕
                                            cluster (address, sharing) ↔ parcel ↔ worker
"""

from summarise.batch.counts import BatchCounts
from summarise.batch.run import BatchOptions, Summarises, write_batch

__all__ = ["BatchCounts", "BatchOptions", "Summarises", "write_batch"]
