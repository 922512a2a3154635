using PetShop.Web.Commands;

var parsed = ShopCommands.Create().Parse(args);
if (ShopCommands.Fault(parsed) is { } fault)
{
    await Console.Error.WriteLineAsync(fault);
    return 1;
}
return await parsed.InvokeAsync();
