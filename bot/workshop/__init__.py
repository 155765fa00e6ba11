"""The workshop: what authors try their flows with, all paths and scripts that are played."""
