"""可移植监督 · The second backend of supervision: lazy expressions that run on DuckDB, or on Spark by a setting."""
