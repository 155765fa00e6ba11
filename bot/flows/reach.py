"""Plain graph functions: what is reached from where, what goes round, what cannot be avoided.

A graph is a mapping from each node to the nodes after it; a node without a key has none.
"""

from collections import deque
from collections.abc import Collection, Iterable, Mapping

Graph = Mapping[str, Collection[str]]


def reachable(graph: Graph, roots: Iterable[str]) -> set[str]:
    """The roots and every node that some way from them leads to."""
    found = set(roots)
    left = list(found)
    while left:
        for node in graph.get(left.pop(), ()):
            if node not in found:
                found.add(node)
                left.append(node)
    return found


def turned(graph: Graph) -> dict[str, list[str]]:
    """The same graph with every edge the other way round."""
    back: dict[str, list[str]] = {}
    for node, after in graph.items():
        for target in after:
            back.setdefault(target, []).append(node)
    return back


def cycles(graph: Graph) -> list[list[str]]:
    """The shortest way round for every part of the graph that goes round, first node first.

    Each node stands in at most one of them; a node that leads to itself is a way of one.
    """
    found: list[list[str]] = []
    seen: set[str] = set()
    for node in graph:
        way = [] if node in seen else _way_round(graph, node)
        if way and seen.isdisjoint(way):
            found.append(way)
            seen.update(way)
    return found


def _way_round(graph: Graph, start: str) -> list[str]:
    came_from: dict[str, str] = {}
    left = deque([start])
    while left:
        node = left.popleft()
        for target in graph.get(node, ()):
            if target == start:
                return _traced(came_from, node, start)
            if target not in came_from:
                came_from[target] = node
                left.append(target)
    return []


def _traced(came_from: Mapping[str, str], node: str, start: str) -> list[str]:
    way = [node]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return way[::-1]


def dominators(graph: Graph, root: str) -> dict[str, frozenset[str]]:
    """For every node reached from `root`, the nodes that all ways to it lead through, and itself.

    In the order of the fewest steps from `root`: so most nodes stand after those that lead to
    them, and one or two rounds are enough.
    """
    nodes = [root]
    seen = {root}
    for node in nodes:  # grows while it is walked
        ahead = [one for one in dict.fromkeys(graph.get(node, ())) if one not in seen]
        seen.update(ahead)
        nodes += ahead
    before = turned({node: graph.get(node, ()) for node in nodes})
    found = {root: frozenset({root})}
    changed = True
    while changed:
        changed = False
        for node in nodes[1:]:
            # A node that was not looked at yet rules nothing out.
            known = [found[one] for one in before[node] if one in found]
            common = frozenset.intersection(*known) | {node}
            changed = changed or common != found.get(node)
            found[node] = common
    return found
