using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>
/// Calls a function's method on a new instance of its class. It never leaves the thread or the synchronization context it is
/// called on by itself: orchestrators depend on that.
/// </summary>
internal sealed class FunctionBody
{
    private readonly IReadOnlyList<ParameterBinder> _binders;
    private readonly MethodInvoker _method;
    private readonly ObjectFactory? _instance;
    private readonly TaskResult _result;

    public FunctionBody(MethodInfo method, IReadOnlyList<ParameterBinder> binders)
    {
        _binders = binders;
        _method = MethodInvoker.Create(method);
        _instance = method.IsStatic ? null : ActivatorUtilities.CreateFactory(method.DeclaringType!, []);
        _result = TaskResult.Of(method.ReturnType);
    }

    public async Task<object?> RunAsync(LocalInvocation invocation)
    {
        var arguments = new object?[_binders.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await _binders[i](invocation);
        }

        var instance = _instance?.Invoke(invocation.InstanceServices, null);
        try
        {
            var returned = _method.Invoke(instance, arguments.AsSpan());
            if (returned is not Task task)
            {
                return returned;
            }

            await task;
            return _result.From(task);
        }
        finally
        {
            switch (instance)
            {
                case IAsyncDisposable disposable:
                    await disposable.DisposeAsync();
                    break;
                case IDisposable disposable:
                    disposable.Dispose();
                    break;
            }
        }
    }
}
