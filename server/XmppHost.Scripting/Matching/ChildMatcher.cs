using XmppHost.Xml;

namespace XmppHost.Scripting.Matching;

/// <summary>
/// Finds for every expected child a received child of its own. Tries other assignments when the first one leads nowhere, within
/// bounds, since an expectation may fit several children.
/// </summary>
internal sealed class ChildMatcher(ElementMatcher matcher, Variables variables, ExpectedElement parent, XmppElement received, MatchScope scope, string path)
{
    private const int MostComparisons = 20_000;

    private readonly XmppElement[] _candidates = [.. received.Elements()];
    private readonly ExpectedElement[] _wanted = [.. parent.Children.Where(c => !c.IsAbsent)];
    private readonly bool[] _used = new bool[received.Elements().Count()];
    private Difference? _difference;
    private int _deepest = -1;
    private int _comparisons;

    public Difference? Match()
    {
        if (!Assign(0, 0)) return _difference;
        return Forbidden();
    }

    private bool Assign(int next, int from)
    {
        if (next == _wanted.Length) return NothingLeft();
        var expected = _wanted[next];
        var foundOne = false;
        for (var i = scope.InOrder ? from : 0; i < _candidates.Length; i++)
        {
            if (_used[i] || !matcher.IsNamed(expected, _candidates[i])) continue;
            if (++_comparisons > MostComparisons) return false;
            foundOne = true;
            var mark = variables.Mark;
            if (matcher.Compare(expected, _candidates[i], scope, path) is null)
            {
                _used[i] = true;
                if (Assign(next + 1, i + 1)) return true;
                _used[i] = false;
            }

            variables.Undo(mark);
        }

        if (expected.IsOptional && !foundOne && Assign(next + 1, from)) return true;
        if (next > _deepest) Report(next, Closest(expected, from));
        return false;
    }

    private bool NothingLeft()
    {
        var left = scope.Exact ? Array.IndexOf(_used, false) : -1;
        if (left < 0) return true;
        if (_wanted.Length > _deepest)
        {
            _deepest = _wanted.Length;
            _difference = new Difference(PathOf(_candidates[left]), $"{ElementMatcher.Title(_candidates[left])} was not expected", parent.Source, _candidates[left]);
        }

        return false;
    }

    private void Report(int next, Difference difference)
    {
        _deepest = next;
        _difference = difference;
    }

    private Difference Closest(ExpectedElement expected, int from)
    {
        var best = _candidates
            .Where((c, i) => !_used[i] && (!scope.InOrder || i >= from) && matcher.IsNamed(expected, c))
            .MaxBy(c => matcher.Likeness(expected, c));
        if (best is not null)
        {
            var mark = variables.Mark;
            var inner = matcher.Compare(expected, best, scope, PathOf(best));
            variables.Undo(mark);
            if (inner is not null) return inner;
        }

        var where = scope.InOrder && _candidates.Any(c => matcher.IsNamed(expected, c)) ? "not at this place" : "missing";
        return new Difference($"{path}/{expected.Name}", $"{ElementMatcher.Title(expected.Source)} is {where}", expected.Source, received);
    }

    private Difference? Forbidden()
    {
        foreach (var absent in parent.Children.Where(c => c.IsAbsent))
            foreach (var candidate in _candidates)
            {
                var mark = variables.Mark;
                var matches = matcher.Compare(absent, candidate, MatchScope.Subset, path) is null;
                variables.Undo(mark);
                if (matches) return new Difference(PathOf(candidate), $"{ElementMatcher.Title(candidate)} must be absent", absent.Source, candidate);
            }

        return null;
    }

    private string PathOf(XmppElement child)
    {
        var alike = _candidates.Where(c => c.Name == child.Name).ToList();
        return alike.Count == 1 ? $"{path}/{child.Name}" : $"{path}/{child.Name}[{alike.FindIndex(c => ReferenceEquals(c, child)) + 1}]";
    }
}
