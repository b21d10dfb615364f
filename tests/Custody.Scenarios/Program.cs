using Custody.Scenarios.Reports;

// `--scenarios DIR` plays any folder of scripts and reports each by name; anything else is the test runner's.
return args switch
{
    ["--scenarios", var folder] => await FolderPlay.RunAsync(folder, only: null),
    ["--scenarios", var folder, "--only", var text] => await FolderPlay.RunAsync(folder, text),
    _ => await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, Custody.Scenarios.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
};
