"""集合式监督 · A definition as lazy relational expressions. Imported only after a connection stands, for Ibis is an optional extra."""
