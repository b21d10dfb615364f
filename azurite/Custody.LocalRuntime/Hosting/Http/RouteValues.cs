using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Custody.LocalRuntime.Hosting.Http;

/// <summary>Route values as parameters' types.</summary>
internal static class RouteValues
{
    /// <summary>True for strings and the types that can be read from one.</summary>
    public static bool CanRead(Type type) => type == typeof(string) || TypeDescriptor.GetConverter(Bare(type)).CanConvertFrom(typeof(string));

    public static object? Read(HttpContext http, string parameter, Type type, object? absent)
    {
        if (http.Request.RouteValues[parameter] is not string text)
        {
            return absent;
        }

        if (type == typeof(string))
        {
            return text;
        }

        try
        {
            return TypeDescriptor.GetConverter(Bare(type)).ConvertFromString(null, CultureInfo.InvariantCulture, text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw new FunctionInputConverterException($"The route's '{parameter}' is not a {Bare(type).Name}.", e);
        }
    }

    private static Type Bare(Type type) => Nullable.GetUnderlyingType(type) ?? type;
}
