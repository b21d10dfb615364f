namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>Keys of what an HTTP invocation carries.</summary>
internal static class HttpItems
{
    /// <summary>The official worker's key, which some middleware reads directly.</summary>
    public const string HttpContext = "HttpRequestContext";
}
