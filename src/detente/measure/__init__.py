"""Records → numbers: how the relations of states move, how sure that is, and which records it rests on."""
