"""裁判文书 · Templated judgments, mediation statements and rulings."""
