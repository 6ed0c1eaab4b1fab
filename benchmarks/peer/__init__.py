"""同类 · Named peers on the same six steps, each in a process of its own, as its documentation sets it up for production."""
