namespace Custody.Scenarios.Systems;

/// <summary>Makes a template when the first script asks for it: once a run, whatever the scripts are.</summary>
public sealed class SystemTemplates : IAsyncDisposable
{
    private readonly Lazy<Task<SystemTemplate>> _template = new(() => SystemTemplate.CreateAsync(coolsOff: false, CancellationToken.None));
    private readonly Lazy<Task<SystemTemplate>> _coolingOff = new(() => SystemTemplate.CreateAsync(coolsOff: true, CancellationToken.None));

    internal Task<SystemTemplate> GetAsync(bool coolsOff, CancellationToken cancellation) => (coolsOff ? _coolingOff : _template).Value.WaitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        foreach (var made in new[] { _template, _coolingOff }.Where(t => t.IsValueCreated))
        {
            await (await made.Value).DisposeAsync();
        }
    }
}
