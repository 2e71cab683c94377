module example.com/fixtures

go 1.25

require example.com/fixtures/sdk v0.0.0

replace example.com/fixtures/sdk => ./sdk
