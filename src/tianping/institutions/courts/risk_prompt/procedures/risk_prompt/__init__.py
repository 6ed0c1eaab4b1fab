"""风险提示 · One prompt: cause, questions, report, choice."""
