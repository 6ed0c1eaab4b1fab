"""送达 · Service of process by several channels."""
