"""错误定义 · Small definitions, each with one fault and a repaired twin, for the model checker to refuse."""
