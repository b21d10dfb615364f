using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>
/// One invocation. Its scope of services is made when first asked for: an orchestration's episode, which may end while the
/// orchestrator still waits and is then never resumed, costs no scope unless its code wants one.
/// </summary>
internal sealed class LocalInvocation : FunctionContext, IAsyncDisposable
{
    private readonly IServiceProvider _root;
    private IServiceProvider? _services;
    private AsyncServiceScope? _scope;

    /// <param name="function">The function.</param>
    /// <param name="trigger">What started it: a request, a timer's info, an orchestration's context or an activity's call.</param>
    /// <param name="root">The app's services.</param>
    public LocalInvocation(Function function, object trigger, IServiceProvider root)
    {
        Function = function;
        Trigger = trigger;
        _root = root;
        Features.Set(this);
        Features.Set(Outcome);
    }

    public Function Function { get; }

    public object Trigger { get; }

    public InvocationOutcome Outcome { get; } = new();

    public InvocationTrace Trace { get; init; } = new(null, null);

    public BindingValues Values { get; init; } = BindingValues.None;

    public CancellationToken Cancellation { get; init; }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => Function.Definition.Id;

    public override TraceContext TraceContext => Trace;

    public override BindingContext BindingContext => Values;

    public override IServiceProvider InstanceServices
    {
        get => _services ??= (_scope = _root.CreateAsyncScope()).Value.ServiceProvider;
        set => _services = value;
    }

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new InvocationFeatures();

    public override CancellationToken CancellationToken => Cancellation;

    /// <summary>The invocation behind the context that middleware handed on.</summary>
    public static LocalInvocation Of(FunctionContext context) =>
        context as LocalInvocation ?? context.Features.Get<LocalInvocation>()
        ?? throw new InvalidOperationException("The context is not of an invocation by this host.");

    public ValueTask DisposeAsync() => _scope?.DisposeAsync() ?? ValueTask.CompletedTask;
}
