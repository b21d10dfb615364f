namespace Custody.LocalStack;

/// <summary>What ./run was asked for.</summary>
/// <param name="StateFolder">Where everything is kept, absolute.</param>
/// <param name="Port">The function app's; with <paramref name="Split"/> the signer and the sender take the next two.</param>
/// <param name="AzuritePort">Blobs; queues and tables take the next two.</param>
/// <param name="AnvilPort">The EVM node's.</param>
/// <param name="Module">The PKCS#11 module.</param>
/// <param name="Demo">Stop after the demonstration.</param>
/// <param name="Fresh">Forget what was kept.</param>
/// <param name="Split">Pipeline, signer and sender as processes of their own.</param>
internal sealed record StackOptions(string StateFolder, int Port, int AzuritePort, int AnvilPort, string Module, bool Demo, bool Fresh, bool Split)
{
    public string ApiUrl => $"http://127.0.0.1:{Port}";

    public int SignerPort => Port + 1;

    public int SenderPort => Port + 2;

    public string SignerUrl => $"https://127.0.0.1:{SignerPort}";

    public string SenderUrl => $"https://127.0.0.1:{SenderPort}";

    public string NodeUrl => $"http://127.0.0.1:{AnvilPort}";
}
