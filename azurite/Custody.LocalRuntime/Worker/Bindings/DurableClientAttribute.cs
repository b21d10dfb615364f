using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Binds a parameter to the client of the host's task hub.</summary>
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>Another task hub than the host's. The local host has one hub and refuses another.</summary>
    public string? TaskHub { get; set; }

    /// <summary>Another storage connection than the host's. The local host has one and refuses another.</summary>
    public string? ConnectionName { get; set; }
}
