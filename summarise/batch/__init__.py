"""Many articles into one output: inputs, a journal that survives being killed, JSON Lines or Parquet.

The flow is in `run`. It asks the model through `Summariser.stream` alone and never loads one itself.

    names → sources → inputs (lines, tables, streams) → Record → sort → journal (disk, index) → columns
"""

from summarise.batch.counts import BatchCounts
from summarise.batch.run import BatchOptions, write_batch

__all__ = ["BatchCounts", "BatchOptions", "write_batch"]
