namespace Custody.Scenarios.Systems;

/// <summary>Makes the template when the first script asks for it: once a run, whatever the scripts are.</summary>
public sealed class SystemTemplates : IAsyncDisposable
{
    private readonly Lazy<Task<SystemTemplate>> _template = new(() => SystemTemplate.CreateAsync(CancellationToken.None));

    internal Task<SystemTemplate> GetAsync(CancellationToken cancellation) => _template.Value.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        if (_template.IsValueCreated)
        {
            await (await _template.Value).DisposeAsync();
        }
    }
}
