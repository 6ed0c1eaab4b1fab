"""Tests of the operate engine, on a real PostgreSQL."""
