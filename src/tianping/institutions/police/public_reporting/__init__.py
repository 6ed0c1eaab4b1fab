"""向人民汇报 · Reports to deputies, and supervisors of conduct."""
