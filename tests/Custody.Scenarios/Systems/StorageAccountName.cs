using System.Text.Json.Serialization;

namespace Custody.Scenarios.Systems;

/// <summary>Which of the two storage accounts.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StorageAccountName>))]
internal enum StorageAccountName
{
    [JsonStringEnumMemberName("pipeline")]
    Pipeline,

    [JsonStringEnumMemberName("journals")]
    Journals,
}
