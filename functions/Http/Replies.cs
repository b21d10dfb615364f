using System.Text.Json;
using Custody.Core.Encoding;
using Microsoft.AspNetCore.Http;

namespace Custody.Functions.Http;

/// <summary>Successful answers.</summary>
public static class Replies
{
    /// <summary>How answers are written: camelCase, amounts as strings, instants in whole seconds, absent members left out.</summary>
    public static JsonSerializerOptions Json => CanonicalJson.Options;

    /// <summary>200 with a body.</summary>
    public static IResult Ok<T>(T body) => Results.Json(body, Json);

    /// <summary>202 with a body.</summary>
    public static IResult Accepted<T>(T body) => Results.Json(body, Json, statusCode: StatusCodes.Status202Accepted);
}
