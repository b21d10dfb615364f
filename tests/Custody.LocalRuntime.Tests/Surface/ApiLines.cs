using System.Reflection;
using System.Runtime.CompilerServices;

namespace Custody.LocalRuntime.Tests.Surface;

/// <summary>A type's public face in the notation of official-api.txt. Operators are not part of that list.</summary>
internal static class ApiLines
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Type type) =>
        new[] { TypeLine(type) }
            .Concat(type.GetConstructors(Declared).Where(IsSeen).Where(constructor => !constructor.IsStatic).Select(ConstructorLine))
            .Concat(type.GetMethods(Declared).Where(IsSeen).Where(method => !method.IsSpecialName).Select(MethodLine))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(nonPublic: true).Any(IsSeen)).Select(PropertyLine))
            .Concat(type.GetFields(Declared).Where(field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && !field.IsSpecialName).Select(FieldLine));

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string TypeLine(Type type) =>
        type.BaseType is { } parent && parent != typeof(object) ? $"T:{TypeIds.Of(type)} : {TypeIds.Of(parent)}" : $"T:{TypeIds.Of(type)}";

    // The list does not mark the defaults of constructors.
    private static string ConstructorLine(ConstructorInfo constructor) =>
        $"M:{TypeIds.Of(constructor.DeclaringType!)}.#ctor({Parameters(constructor).Replace("=", "", StringComparison.Ordinal)})";

    private static string MethodLine(MethodInfo method)
    {
        var arity = method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "";
        var kind = method.IsAbstract ? " abstract" : method is { IsVirtual: true, IsFinal: false } ? " virtual" : "";
        var access = method.IsPublic ? "" : " protected";
        return $"M:{TypeIds.Of(method.DeclaringType!)}.{method.Name}{arity}({Parameters(method)}) -> {TypeIds.Of(method.ReturnType)}{kind}{access}";
    }

    private static string PropertyLine(PropertyInfo property)
    {
        var accessors = new List<string>();
        if (property.GetMethod is { } get && IsSeen(get))
        {
            accessors.Add("get;");
        }

        if (property.SetMethod is { } set && IsSeen(set))
        {
            accessors.Add(set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;");
        }

        return $"P:{TypeIds.Of(property.DeclaringType!)}.{property.Name} -> {TypeIds.Of(property.PropertyType)} {{ {string.Join(' ', accessors)} }}";
    }

    private static string FieldLine(FieldInfo field)
    {
        var value = field.IsLiteral ? " = " + field.GetRawConstantValue() : "";
        return $"F:{TypeIds.Of(field.DeclaringType!)}.{field.Name} -> {TypeIds.Of(field.FieldType)}{value}";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(',', method.GetParameters().Select(parameter => TypeIds.Of(parameter.ParameterType) + (parameter.IsOptional ? "=" : "")));
}
