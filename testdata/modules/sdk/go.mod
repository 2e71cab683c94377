module example.com/fixtures/sdk

go 1.25
