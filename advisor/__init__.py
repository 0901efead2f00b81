"""The wizard: questions in, one honest verdict out, explained by the guide's own sentences."""
