using Custody.LocalRuntime.Hosting.Settings;

namespace Custody.LocalRuntime.Hosting;

/// <summary>The host's storage; none when no function needs it.</summary>
internal sealed record HostStorage(StorageAccount? Account)
{
    public StorageAccount Required => Account ?? throw new InvalidOperationException("The host started without the storage that its functions need.");
}
