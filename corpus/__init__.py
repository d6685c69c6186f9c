"""Source files in, understood documents out: `Document` and its `Passage`s."""
