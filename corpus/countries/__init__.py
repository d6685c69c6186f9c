"""Countries in running text: their names in every form, who takes part, and the pairs."""
