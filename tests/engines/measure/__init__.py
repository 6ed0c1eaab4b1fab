"""度量 · Tests of the measure engine."""
