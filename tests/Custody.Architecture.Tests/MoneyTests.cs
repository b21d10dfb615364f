using System.Reflection;
using Xunit;

namespace Custody.Architecture.Tests;

/// <summary>Money is integers: no floating-point number lives in any of the libraries that handle it.</summary>
public sealed class MoneyTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static TheoryData<string> Names => [.. House.Libraries.Select(a => a.GetName().Name!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Library_HasNoFloatingPointFieldPropertyParameterReturnOrLocal(string name)
    {
        var found = House.Libraries.Single(a => a.GetName().Name == name).GetTypes().SelectMany(Floating).Distinct();

        Assert.Empty(found);
    }

    [Fact]
    public void Search_FindsWhatItLooksFor() => Assert.Equal(4, Floating(typeof(Sample)).Count());

    private static IEnumerable<string> Floating(Type type)
    {
        foreach (var field in type.GetFields(Declared).Where(f => IsFloating(f.FieldType)))
        {
            yield return $"{House.Outermost(type).Name}: field {field.Name}";
        }

        foreach (var method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)))
        {
            var types = method.GetParameters().Select(p => p.ParameterType)
                .Concat(method is MethodInfo { ReturnType: var result } ? [result] : [])
                .Concat(method.GetMethodBody()?.LocalVariables.Select(l => l.LocalType) ?? []);
            if (types.Any(IsFloating))
            {
                yield return $"{House.Outermost(type).Name}: {method.Name}";
            }
        }
    }

    private static bool IsFloating(Type type) => type == typeof(double) || type == typeof(float) || type == typeof(decimal)
        || (type.HasElementType && IsFloating(type.GetElementType()!))
        || (type.IsGenericType && type.GetGenericArguments().Any(IsFloating));

    private sealed class Sample
    {
        public double Field = 1;

        public static decimal? Returns() => null;

        public static int Takes(float[] amounts) => amounts.Length;

        public static int Keeps(string text)
        {
            var amount = double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
            return amount > 1 && amount < 2 ? 1 : 0;
        }
    }
}
