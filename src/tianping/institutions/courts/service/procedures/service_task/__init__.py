"""集约送达任务 · A task of the service pool."""
