"""A user's text in, `Results` out: query, engine, facets, snippets."""
