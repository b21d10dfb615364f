namespace Custody.LocalStack.State;

/// <summary>The two storage accounts in Azurite: the pipeline's, and the journals'.</summary>
internal sealed record Accounts(StackRecord Record, int BlobPort)
{
    public const string PipelineName = "custodypipeline";
    private const string JournalName = "custodyjournals";

    /// <summary>Connects to the pipeline's account.</summary>
    public string Pipeline => Connection(PipelineName, Record.PipelineKey);

    /// <summary>Connects to the journals' account.</summary>
    public string Journals => Connection(JournalName, Record.JournalKey);

    /// <summary>Azurite's own way to name its accounts.</summary>
    public string ForAzurite => $"{PipelineName}:{Record.PipelineKey};{JournalName}:{Record.JournalKey}";

    private string Connection(string account, string key) =>
        $"DefaultEndpointsProtocol=http;AccountName={account};AccountKey={key};BlobEndpoint=http://127.0.0.1:{BlobPort}/{account};" +
        $"QueueEndpoint=http://127.0.0.1:{BlobPort + 1}/{account};TableEndpoint=http://127.0.0.1:{BlobPort + 2}/{account};";
}
