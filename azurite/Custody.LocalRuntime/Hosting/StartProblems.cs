namespace Custody.LocalRuntime.Hosting;

/// <summary>Everything that is wrong with the app, collected so that the start names it all at once.</summary>
internal sealed class StartProblems
{
    private readonly List<string> _found = [];

    public IReadOnlyList<string> Found => _found;

    public void Add(string problem)
    {
        if (!_found.Contains(problem))
        {
            _found.Add(problem);
        }
    }
}
