namespace Custody.LocalRuntime.Hosting.Invocation;

/// <summary>Takes the result out of a finished task whose type is known only at run time.</summary>
internal abstract class TaskResult
{
    public static TaskResult Of(Type returned) =>
        returned.IsGenericType && returned.GetGenericTypeDefinition() == typeof(Task<>)
            ? (TaskResult)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(returned.GetGenericArguments()))!
            : new Nothing();

    public abstract object? From(Task finished);

    private sealed class Nothing : TaskResult
    {
        public override object? From(Task finished) => null;
    }

    private sealed class Typed<T> : TaskResult
    {
        public override object? From(Task finished) => ((Task<T>)finished).Result;
    }
}
