using System.Collections.Immutable;
using System.Reflection;
using Custody.LocalRuntime.Hosting.Discovery;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Custody.LocalRuntime.Hosting.Invocation;

internal sealed class LocalFunctionDefinition(FunctionMethod function) : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters { get; } = [.. function.Method.GetParameters().Select(Parameter)];

    public override string PathToAssembly { get; } = function.Method.Module.Assembly.Location;

    public override string EntryPoint { get; } = $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";

    public override string Id => Name;

    public override string Name { get; } = function.Name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = Inputs(function);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = ImmutableDictionary<string, BindingMetadata>.Empty;

    private static FunctionParameter Parameter(ParameterInfo parameter)
    {
        var properties = ImmutableDictionary<string, object>.Empty;
        if (parameter.GetCustomAttribute<BindingAttribute>() is { } binding)
        {
            properties = properties.Add("bindingAttribute", binding);
        }

        return new FunctionParameter(parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue, parameter.DefaultValue, properties);
    }

    private static ImmutableDictionary<string, BindingMetadata> Inputs(FunctionMethod function) =>
        function.Method.GetParameters()
            .Select(parameter => (Name: parameter.Name!, Type: BindingType(function, parameter)))
            .Where(binding => binding.Type is not null)
            .ToImmutableDictionary(binding => binding.Name, BindingMetadata (binding) => new LocalBinding(binding.Name, binding.Type!));

    private static string? BindingType(FunctionMethod function, ParameterInfo parameter) =>
        parameter == function.TriggerParameter ? function.TriggerType
        : parameter.IsDefined(typeof(DurableClientAttribute)) ? "durableClient"
        : null;
}
