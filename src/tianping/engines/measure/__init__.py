"""度量引擎 · Runs the indicators of a room over an event table: figures that drill down to their cases and reconcile."""
