using Custody.LocalRuntime.Hosting.Discovery;

namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>A function that is ready to run: all its parameters can be bound.</summary>
internal sealed class Function(FunctionMethod method, IReadOnlyList<ParameterBinder> binders)
{
    private readonly FunctionBody _body = new(method.Method, binders);

    public FunctionMethod Method { get; } = method;

    public string Name => Method.Name;

    public bool UsesDurableClient => Definition.InputBindings.Values.Any(binding => binding.Type == "durableClient");

    public LocalFunctionDefinition Definition { get; } = new(method);

    /// <summary>Binds the parameters, runs the method and keeps what it returns.</summary>
    public async Task ExecuteAsync(LocalInvocation invocation) => invocation.Outcome.Value = await _body.RunAsync(invocation);
}
