"""接口 · The API under ``/api/v1``: one way in for every procedure, typed from its definition."""
