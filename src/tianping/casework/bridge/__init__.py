"""桥 · The ledger as the event table that the other engines read: whole for one procedure, or as Parquet partitions kept up to date."""
