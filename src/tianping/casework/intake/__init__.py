"""导入 · Cases from a file of somebody else's: read with a mapping, tried first, written once; every row that is refused is told with its reason."""
