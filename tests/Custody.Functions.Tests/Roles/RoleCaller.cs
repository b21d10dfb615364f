using System.Net;
using Custody.Core.Encoding;
using Custody.Functions.Roles;
using Custody.Testing.App;
using Xunit;

namespace Custody.Functions.Tests.Roles;

/// <summary>Calls a role as another one could, with that one's own certificate.</summary>
internal sealed class RoleCaller(RunningRoles roles)
{
    public Task<(HttpStatusCode Status, string Body)> PostAsync<T>(string caller, string role, string path, T message) =>
        PostAsync(caller, role, path, CanonicalJson.Serialize(message));

    public async Task<(HttpStatusCode Status, string Body)> PostAsync(string caller, string role, string path, byte[] body)
    {
        var settings = roles.Settings(caller);
        using var http = RunningRoles.Client(settings["Custody__Roles__CertificateFile"], settings["Custody__Roles__KeyFile"]);
        using var content = new ByteArrayContent(body);
        using var reply = await http.PostAsync(new Uri(role == "signer" ? roles.Signer : roles.Sender, path), content, TestContext.Current.CancellationToken);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>A call that the role answers.</summary>
    public async Task<AnswerMessage> AskAsync<T>(string caller, string role, string path, T message)
    {
        var (status, body) = await PostAsync(caller, role, path, message);
        Assert.True(status == HttpStatusCode.OK, $"{status} {body}");
        return CanonicalJson.Deserialize<AnswerMessage>(System.Text.Encoding.UTF8.GetBytes(body));
    }
}
