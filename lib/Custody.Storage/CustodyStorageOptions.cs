using Azure.Core.Pipeline;
using Custody.Core.Storage;

namespace Custody.Storage;

/// <summary>What <see cref="CustodyStorage"/> is made from.</summary>
public sealed record CustodyStorageOptions
{
    /// <summary>The pipeline's account: tables, facts.</summary>
    public required StorageAccountOptions Pipeline { get; init; }

    /// <summary>The journals' account, which only the signer role's identity may write.</summary>
    public required StorageAccountOptions Journals { get; init; }

    /// <summary>How the alerts' table is reached by a role that may write nothing else of the pipeline's account; null: as the rest of it.</summary>
    public StorageAccountOptions? Alerts { get; init; }

    /// <summary>Remembers how far the journals reached, outside both accounts.</summary>
    public required IHeadWitness Witness { get; init; }

    /// <summary>The pinned trust root, hex, which every journal's first line must name.</summary>
    public required string TrustRoot { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Put before every table's and container's name; lower-case letters and digits, beginning with a letter. Lets several systems share an account.</summary>
    public string NamePrefix { get; init; } = "";

    /// <summary>Put into every client's pipeline, once for each try of a request: counting, fault injection.</summary>
    public IReadOnlyList<HttpPipelinePolicy> Policies { get; init; } = [];
}
