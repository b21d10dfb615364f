using Custody.LocalRuntime.Hosting.Invocation;

namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>An HTTP function with its route.</summary>
internal sealed record HttpFunction(HttpRoute Route, Function Function);
